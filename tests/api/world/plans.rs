//! What Postgres does for a request, as `auto_explain` writes it into the log of the cluster.

use super::{PATIENCE, Reply, TestDb};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use serde_json::Value;
use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};
use tokio::sync::{Mutex, MutexGuard};

/// Everything that is planned from now on in this database is logged with what it touched.
const EXPLAIN: &str = "
    ALTER DATABASE $ SET session_preload_libraries = 'auto_explain';
    ALTER DATABASE $ SET auto_explain.log_min_duration = 0;
    ALTER DATABASE $ SET auto_explain.log_analyze = on;
    ALTER DATABASE $ SET auto_explain.log_buffers = on;
    ALTER DATABASE $ SET auto_explain.log_timing = off;
    ALTER DATABASE $ SET auto_explain.log_format = json;";

diesel::define_sql_function! { fn current_database() -> diesel::sql_types::Text; }
diesel::define_sql_function! { fn current_setting(name: diesel::sql_types::Text) -> diesel::sql_types::Text; }

/// The log of the cluster is one, and what it says of plans takes a while to read: who looks at it has it alone.
static TURN: Mutex<()> = Mutex::const_new(());

/// The log in which plans stand.
pub struct Plans {
    log: PathBuf,
    _turn: MutexGuard<'static, ()>,
}

impl Plans {
    /// Has the plans of a database logged, those of connections that are opened from now on.
    pub async fn of(db: &TestDb) -> Self {
        let turn = TURN.lock().await;
        let mut conn = db.conn().await;
        let name: String = diesel::select(current_database()).get_result(&mut conn).await.unwrap();
        let data: String = diesel::select(current_setting("data_directory")).get_result(&mut conn).await.unwrap();
        conn.batch_execute(&EXPLAIN.replace('$', &name)).await.unwrap();
        Self { log: Path::new(&data).with_file_name("server.log"), _turn: turn }
    }

    /// What a request asks of the database in so many statements, those that are `asked` of it: the plans' shapes, and the
    /// pages of 8 KiB that were touched. What the server's jobs ask meanwhile is left out.
    pub async fn explained(
        &self,
        what: &str,
        request: impl AsyncFn() -> Reply,
        asked: impl Fn(&str) -> bool,
        statements: usize,
    ) -> (String, u64) {
        // Once before, so that connections and catalogs are warm.
        request().await.expect(200);
        let from = self.read().len();
        request().await.expect(200);
        let is_asked = |plan: &Value| asked(plan["Query Text"].as_str().unwrap());
        let logged = async {
            loop {
                let plans: Vec<Value> = self.since(from).into_iter().filter(is_asked).collect();
                if plans.len() >= statements {
                    return plans;
                }
                tokio::task::yield_now().await;
            }
        };
        let plans = tokio::time::timeout(PATIENCE, logged).await.expect("the plans are logged");
        assert_eq!(plans.len(), statements, "{what}");
        let (mut text, mut buffers) = (String::new(), 0);
        for plan in plans {
            let plan = &plan["Plan"];
            shape(plan, 0, &mut text);
            buffers += plan["Shared Hit Blocks"].as_u64().unwrap() + plan["Shared Read Blocks"].as_u64().unwrap();
        }
        (text, buffers)
    }

    /// What the cluster has logged so far.
    fn read(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap()).into_owned()
    }

    /// Plans that are in the log behind `from`.
    fn since(&self, from: usize) -> Vec<Value> {
        let log = self.read();
        let mut plans = Vec::new();
        let mut lines = log[from..].lines().peekable();
        while let Some(line) = lines.next() {
            if line.trim_end().ends_with("plan:") {
                let mut plan = String::new();
                while let Some(more) = lines.next_if(|line| line.starts_with('\t')) {
                    plan.push_str(more);
                }
                plans.extend(serde_json::from_str::<Value>(&plan));
            }
        }
        plans
    }
}

fn shape(plan: &Value, level: usize, text: &mut String) {
    let field = |name: &str| plan[name].as_str().unwrap_or_default();
    let mut line = field("Node Type").to_owned();
    for (name, before) in
        [("Index Name", "using"), ("Relation Name", "on"), ("CTE Name", "on"), ("Subplan Name", "for")]
    {
        if !field(name).is_empty() {
            let _ = write!(line, " {before} {}", field(name));
        }
    }
    if field("Scan Direction") == "Backward" {
        line.push_str(" backward");
    }
    let _ = writeln!(text, "{}{line}", "  ".repeat(level));
    for part in plan["Plans"].as_array().into_iter().flatten() {
        shape(part, level + 1, text);
    }
}
