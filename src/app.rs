//! The only file that sees every room: what the server is made of, its routes, the order of its layers.

mod ears;
mod jobs;
mod operations;

use ears::Ears;

use crate::{
    accounts::{self, Authenticator, Hasher, Issuers, Keys, Standings, Tokens},
    articles, audit,
    clock::Clock,
    coaching, comments,
    config::Settings,
    db::{self, Patience, Pool},
    events::{self, Follower, Journal, Listener},
    http::{self, actor::Identify, problem::Methods},
    mail::{Outbox, Postman},
    moderation, notify, privacy, private_threads,
    published::Published,
    screening,
    secrets::Secrets,
    throttle,
};
use actix_cors::Cors;
use actix_web::{
    App, Error, HttpRequest, HttpServer,
    body::MessageBody,
    dev::{Server, ServerHandle, ServiceFactory, ServiceRequest, ServiceResponse},
    http::header,
    middleware::{Condition, DefaultHeaders, from_fn},
    rt::task::JoinHandle,
    web::{self, Data},
};
use anyhow::Context;
use std::{
    net::{SocketAddr, TcpListener},
    sync::{Arc, atomic::AtomicU64},
};
use tokio::sync::{Notify, watch};
use utoipa::OpenApi;
use utoipa_actix_web::{AppExt, scope, service_config::ServiceConfig};

/// What all workers of a process share.
#[derive(Clone)]
struct Shared {
    url: String,
    settings: Settings,
    secrets: Secrets,
    clock: Clock,
    published: Published,
    hasher: Hasher,
    tokens: Tokens,
    issuers: Issuers,
    standings: Standings,
    outbox: Outbox,
    reception: comments::Reception,
    writers: comments::Writers,
    bell: privacy::Bell,
    trials: moderation::Trials,
    own: events::Own,
    ears: Ears,
    statements: Arc<AtomicU64>,
    hearing: watch::Receiver<bool>,
    openapi: Arc<str>,
    methods: Methods,
    pages: Pages,
}

/// A server that is running.
pub struct Running {
    /// Where it listens; the port is the real one also when 0 was asked for.
    pub address: SocketAddr,
    /// SQL statements sent so far.
    pub statements: Arc<AtomicU64>,
    /// Its cache.
    pub published: Published,
    /// What it knows of who may act.
    pub standings: Standings,
    /// Where comments are written.
    pub writers: comments::Writers,
    /// Who computes what there is of passwords.
    pub hasher: Hasher,
    /// Whether what had expired before the start is forgotten.
    pub tidied: watch::Receiver<bool>,
    shared: Shared,
    handle: ServerHandle,
    server: JoinHandle<std::io::Result<()>>,
    jobs: Vec<JoinHandle<()>>,
}

/// Pages for people that a command adds to the API.
pub type Pages = fn(&mut web::ServiceConfig);

/// No pages.
pub fn no_pages(_: &mut web::ServiceConfig) {}

/// The routes under `/v1`. They are tried in this order, so what is asked for most stands first.
fn v1(cfg: &mut ServiceConfig<'_>) {
    cfg.configure(comments::routes)
        .configure(articles::routes)
        .configure(accounts::routes)
        .configure(screening::routes)
        .configure(throttle::routes)
        .configure(moderation::routes)
        .configure(coaching::routes)
        .configure(private_threads::routes)
        .configure(notify::routes)
        .configure(privacy::routes)
        .configure(audit::routes);
}

/// All routes that stand in the OpenAPI document.
fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(scope("/v1").configure(v1)).service(accounts::get_jwks).configure(operations::routes);
}

/// The OpenAPI document, generated from the handlers.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    let app = App::new().into_utoipa_app().openapi(http::openapi::Base::openapi());
    let (_, mut api) = app.configure(routes).split_for_parts();
    http::openapi::declare_problems(&mut api);
    api
}

fn app(
    shared: Shared,
    pool: Pool,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let journal = shared.journal(pool.clone());
    let authenticator = Authenticator::new(
        shared.tokens.clone(),
        shared.issuers.clone(),
        shared.standings.clone(),
        pool.clone(),
        journal.clone(),
    );
    let identify: Arc<dyn Identify> = Arc::new(authenticator);
    let companion: Arc<dyn comments::GuestCompanion> = Arc::new(private_threads::Companion);
    let methods = shared.methods;
    let (app, _) = App::new()
        .into_utoipa_app()
        .app_data(Data::new(shared.settings.clone()))
        .app_data(Data::new(shared.secrets))
        .app_data(Data::new(shared.clock))
        .app_data(Data::new(shared.published))
        .app_data(Data::new(shared.hasher))
        .app_data(Data::new(shared.tokens))
        .app_data(Data::new(shared.issuers))
        .app_data(Data::new(shared.outbox))
        .app_data(Data::new(shared.reception))
        .app_data(Data::new(shared.writers))
        .app_data(Data::new(shared.bell))
        .app_data(Data::new(shared.trials))
        .app_data(Data::from(identify))
        .app_data(Data::from(companion))
        .app_data(Data::new(pool))
        .app_data(Data::new(journal))
        .app_data(Data::new(operations::State { openapi: shared.openapi, hearing: shared.hearing }))
        .app_data(http::problem::path())
        .configure(routes)
        .split_for_parts();
    app.configure(operations::pages)
        .configure(shared.pages)
        .default_service(web::to(move |request: HttpRequest| {
            let refusal = methods.refuse(&request);
            async move { refusal }
        }))
        .wrap(cors(&shared.settings))
        .wrap(Condition::new(shared.settings.public_url().starts_with("https://"), strict_transport()))
        .wrap(from_fn(http::request::observe))
}

/// Whoever came by TLS once never comes without it again (RFC 6797, ASVS 3.4.1).
fn strict_transport() -> DefaultHeaders {
    DefaultHeaders::new().add((header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"))
}

/// Only listed origins may call the API from a page; without a list, none but the server's own.
fn cors(settings: &Settings) -> Cors {
    let cors = Cors::default()
        .allowed_methods(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
        .allowed_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::IF_MATCH, header::IF_NONE_MATCH])
        .allowed_header(http::idempotency::HEADER)
        .expose_headers(["ETag", "Link", "Location", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id"])
        // For the cookie that carries a refresh token; nothing else is let in by a cookie.
        .supports_credentials()
        .max_age(3600);
    settings.cors_origins().fold(cors, Cors::allowed_origin)
}

/// Starts a server on the calling actix system. `url` is the database as the server's role sees it.
///
/// # Errors
/// When the address cannot be bound or the first look at the database fails.
pub async fn start(
    url: &str,
    mut settings: Settings,
    secrets: Secrets,
    clock: Clock,
    pages: Pages,
) -> anyhow::Result<Running> {
    let bound = TcpListener::bind(settings.bind);
    let listener = bound.with_context(|| format!("cannot listen on {} (COLLOQUY_BIND)", settings.bind))?;
    let address = listener.local_addr()?;
    settings.bind = address;
    let (published, own, statements) =
        (Published::new(&settings, clock.clone()), events::Own::default(), Arc::new(AtomicU64::new(0)));
    let (standings, keys_touched) = (Standings::new(&settings), Arc::new(Notify::new()));
    let rules = screening::InForce::beside(screening::Watch::only(settings.safety()));
    let ears = Ears::new(published.clone(), standings.clone(), rules, Arc::clone(&keys_touched));
    let (follower, mut hearing) = Follower::new(url, ears.clone(), own.clone(), Patience::of(&settings));
    operations::recorder();
    let mut jobs = vec![actix_web::rt::spawn(follower.run()), actix_web::rt::spawn(operations::keep_metrics())];
    let issuers = Issuers::load(&settings, secrets.clone(), clock.clone())?;
    let external = screening::External::new(&settings, clock.clone())?;
    let keys = Keys::load(&mut db::direct(url).await?, &secrets, &clock).await?;
    let (api, mails) = (document(), Arc::new(Notify::new()));
    let outbox = Outbox::new(secrets.clone(), Arc::clone(&mails));
    let pool = Pool::planned_once(url, &settings, Arc::clone(&statements))?;
    let journal = journal(pool.clone(), &ears, &clock, &own);
    let publication = settings.publication_name.clone();
    let close_after_days = settings.comments_close_after_days;
    let reception = comments::Reception {
        secrets: secrets.clone(),
        outbox: outbox.clone(),
        publication,
        close_after_days,
        rules: ears.rules.clone(),
        policy: screening::Policy::of(&settings),
        repeats: screening::Repeats::new(secrets.clone()),
    };
    let workers = if settings.workers == 0 { std::thread::available_parallelism()?.get() } else { settings.workers };
    // Two cores do not write faster by two transactions at once: each is then half as large.
    let lanes = workers.div_ceil(2).min(4);
    let (writers, writing) = comments::Writers::start(&journal, &pool, &reception, lanes, &settings);
    jobs.extend(writing.into_iter().map(actix_web::rt::spawn));
    let shared = Shared {
        url: url.into(),
        hasher: Hasher::new(&settings)?,
        tokens: Tokens::new(keys, &settings, secrets.clone(), clock.clone()),
        issuers: issuers.clone(),
        standings: standings.clone(),
        outbox,
        reception,
        writers: writers.clone(),
        bell: privacy::Bell::default(),
        trials: moderation::Trials::new(&settings),
        settings: settings.clone(),
        secrets: secrets.clone(),
        clock: clock.clone(),
        published: published.clone(),
        own,
        ears,
        statements: Arc::clone(&statements),
        hearing: hearing.clone(),
        openapi: api.to_json()?.into(),
        methods: Methods::of(&api),
        pages,
    };
    hearing.wait_for(|hearing| *hearing).await?;
    // Jobs have connections of their own; what they send is nobody's request, and not counted as such.
    let pool = Pool::new(url, &settings, Arc::default())?;
    let postman = Postman::new(pool.clone(), &settings, secrets.clone(), clock, mails)?;
    // Connections to a mail server need the runtime for going away: what is spawned so is dropped while it is there, also
    // when nobody stopped the server.
    jobs.push(tokio::spawn(postman.run()));
    let keys = jobs::KeyRing {
        pool: pool.clone(),
        tokens: shared.tokens.clone(),
        secrets: shared.secrets.clone(),
        clock: shared.clock.clone(),
        published: published.clone(),
    };
    jobs.push(actix_web::rt::spawn(keys.keep(keys_touched)));
    jobs.push(actix_web::rt::spawn(issuers.keep_keys()));
    jobs.push(actix_web::rt::spawn(shared.clerk(pool.clone()).run()));
    let asker = |external| moderation::Asker { journal: shared.journal(pool.clone()), external };
    jobs.extend(external.map(|external| actix_web::rt::spawn(asker(external).run())));
    jobs.push(actix_web::rt::spawn(shared.alarm(pool.clone()).run()));
    jobs.push(actix_web::rt::spawn(shared.succession(pool.clone()).run()));
    let [desk, herald] = shared.ears.stirred.clone();
    jobs.push(actix_web::rt::spawn(coaching::Desk::new(shared.journal(pool.clone()), desk).run()));
    let herald = shared.herald(&pool, herald);
    herald.begin().await?;
    jobs.push(actix_web::rt::spawn(herald.run()));
    jobs.push(actix_web::rt::spawn(jobs::watch_support(pool.clone(), settings.support_days, shared.clock.clone())));
    let (tidying, tidied) = watch::channel(false);
    jobs.push(actix_web::rt::spawn(jobs::keep_house(shared.journal(pool), secrets, tidying)));
    let server = shared.clone().serve(listener, workers)?;
    let handle = server.handle();
    Ok(Running {
        address,
        statements,
        published,
        standings,
        writers,
        hasher: shared.hasher.clone(),
        tidied,
        shared,
        handle,
        server: actix_web::rt::spawn(server),
        jobs,
    })
}

impl Shared {
    /// A pool for the worker that calls this.
    #[expect(clippy::expect_used, reason = "start-up: a pool that cannot be built is a fault of this program")]
    fn pool(&self) -> Pool {
        Pool::new(&self.url, &self.settings, Arc::clone(&self.statements)).expect("a pool with a runtime can be built")
    }

    /// Whoever answers requests.
    fn serve(self, listener: TcpListener, workers: usize) -> std::io::Result<Server> {
        let server = HttpServer::new(move || app(self.clone(), self.pool())).workers(workers).listen(listener)?;
        Ok(server.shutdown_timeout(20).disable_signals().run())
    }

    /// Whoever prepares exports.
    fn clerk(&self, pool: Pool) -> privacy::Clerk {
        privacy::Clerk {
            journal: self.journal(pool.clone()),
            pool,
            secrets: self.secrets.clone(),
            settings: self.settings.clone(),
            outbox: self.outbox.clone(),
            bell: self.bell.clone(),
        }
    }

    /// Whoever calls people because of comments that should not wait.
    fn alarm(&self, pool: Pool) -> moderation::Alarm {
        moderation::Alarm {
            journal: self.journal(pool.clone()),
            pool,
            secrets: self.secrets.clone(),
            settings: self.settings.clone(),
            outbox: self.outbox.clone(),
        }
    }

    /// Whoever tells people what became of their comments.
    fn herald(&self, pool: &Pool, stirred: Arc<Notify>) -> notify::Herald {
        notify::Herald {
            journal: self.journal(pool.clone()),
            secrets: self.secrets.clone(),
            settings: self.settings.clone(),
            outbox: self.outbox.clone(),
            stirred,
        }
    }

    /// Whoever sees to the threads of former coaches.
    fn succession(&self, pool: Pool) -> private_threads::Succession {
        private_threads::Succession { journal: self.journal(pool.clone()), pool }
    }

    /// A journal on a pool.
    fn journal(&self, pool: Pool) -> Journal {
        journal(pool, &self.ears, &self.clock, &self.own)
    }
}

/// A journal on a pool, which tells this process what was touched.
fn journal(pool: Pool, ears: &Ears, clock: &Clock, own: &events::Own) -> Journal {
    let ears = ears.clone();
    let raise = Arc::new(move |tags: &[String]| ears.touched(tags));
    Journal::new(pool, clock.clone(), raise, own.clone())
}

impl Running {
    /// A journal on a pool, as the server's own: what it writes is told here at once, and not again.
    #[must_use]
    pub fn journal(&self, pool: Pool) -> Journal {
        self.shared.journal(pool)
    }

    /// Stops accepting, lets requests end, and stops the jobs; returns when none of them is left.
    ///
    /// # Errors
    /// When the server itself had failed.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.handle.stop(true).await;
        self.jobs.iter().for_each(JoinHandle::abort);
        // Each was told to end, and says so.
        futures_util::future::join_all(self.jobs).await;
        Ok(self.server.await??)
    }
}
