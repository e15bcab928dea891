//! A handler that panics is one problem document, and the worker goes on.

use actix_web::{
    App, HttpResponse,
    middleware::from_fn,
    test::{TestRequest, call_service, init_service, try_call_service},
    web,
};
use colloquy::http::request::observe;

async fn broken() -> HttpResponse {
    panic!("this handler is broken, and the test wants it so")
}

#[actix_web::test]
async fn a_panic_is_one_500_and_the_next_request_is_served() {
    let app = init_service(
        App::new()
            .wrap(from_fn(observe))
            .route("/broken", web::get().to(broken))
            .route("/fine", web::get().to(HttpResponse::NoContent)),
    )
    .await;
    let failed = try_call_service(&app, TestRequest::with_uri("/broken").to_request()).await.unwrap_err();
    let response = failed.as_response_error().error_response();
    assert_eq!(response.status(), 500);
    assert_eq!(response.headers().get("content-type").unwrap(), "application/problem+json");
    let fine = call_service(&app, TestRequest::with_uri("/fine").to_request()).await;
    assert_eq!(fine.status(), 204);
}
