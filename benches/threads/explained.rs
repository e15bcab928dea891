//! What Postgres touches for a statement, as `auto_explain` (of its contributed modules, which most packages of the server bring
//! along) writes it into the log for whatever the server really sends.

use serde_json::Value;

const SETTINGS: [(&str, &str); 6] = [
    ("session_preload_libraries", "auto_explain"),
    ("auto_explain.log_min_duration", "0"),
    ("auto_explain.log_analyze", "on"),
    ("auto_explain.log_buffers", "on"),
    ("auto_explain.log_nested_statements", "on"),
    ("auto_explain.log_format", "json"),
];

/// A statement that was sent.
pub struct Statement {
    /// Which of Postgres' processes it was sent to.
    pub process: String,
    pub text: String,
    pub plan: Value,
}

/// What has connections to this database that are opened from now on explained.
pub fn begin(database: &str) -> String {
    SETTINGS.map(|(setting, value)| format!("ALTER DATABASE {database} SET {setting} = '{value}'")).join(";")
}

/// What ends that.
pub fn end(database: &str) -> String {
    SETTINGS.map(|(setting, _)| format!("ALTER DATABASE {database} RESET {setting}")).join(";")
}

/// The statements in `2026-11-21 08:00:00.000 UTC [123] LOG:  duration: 0.1 ms  plan:` and the indented lines after it. What
/// another connection is just writing, and is not whole yet, is left out.
pub fn read_log(log: &str) -> Vec<Statement> {
    let entries = log.split("\n2").filter(|entry| entry.contains("  plan:\n"));
    let entries = entries.filter_map(|entry| {
        let (head, plan) = entry.split_once("  plan:\n")?;
        let process = head.split_once('[')?.1.split_once(']')?.0.to_owned();
        let mut plan: Value = serde_json::from_str(plan).ok()?;
        let text = plan["Query Text"].as_str()?.to_owned();
        Some(Statement { process, text, plan: plan["Plan"].take() })
    });
    entries.collect()
}

/// The buffers of 8 KiB that statements touched, in Postgres' cache or not.
pub fn touched(statements: &[Statement]) -> f64 {
    let of = |plan: &Value, what: &str| plan[what].as_u64().unwrap();
    let sum = statements.iter().map(|each| of(&each.plan, "Shared Hit Blocks") + of(&each.plan, "Shared Read Blocks"));
    sum.sum::<u64>() as f64
}
