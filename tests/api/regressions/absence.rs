//! What is somebody else's, or not to be seen yet, looks like what does not exist, to the byte.

use super::NOTHING;
use crate::world::{CAREFUL, Reply, World, id, part};
use reqwest::Method;
use serde_json::json;

/// All of an answer that does not differ with every request; `name` is what was asked for.
pub(super) fn seen(reply: &Reply, name: &str) -> (u16, Vec<String>, String) {
    let own = ["x-request-id", "date"];
    let headers = reply.headers.iter().filter(|(name, _)| !own.contains(&name.as_str()));
    let mut headers: Vec<_> = headers.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
    headers.sort();
    (reply.status.as_u16(), headers, reply.text().replace(name, "?"))
}

#[actix_web::test]
async fn what_is_not_for_somebody_is_not_there() {
    let w = World::new().await;
    let (admin, ada, eve) = (w.admin("June").await, w.reader("Ada").await, w.reader("Eve").await);
    let draft = w.draft(&admin, json!({ "title": "Not yet" })).await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let waiting = w.post_as(&ada.access_token, &slug, &json!({ "body": "Secret." })).await.expect(201);
    let session = part(&ada.access_token, 1)["sid"].as_str().unwrap().to_owned();
    let export = w.export(&ada.access_token).await.rsplit('/').next().unwrap().to_owned();
    let (service, _) = w.service(&admin, &["drafts"]).await;
    let hidden = [
        (&eve, Method::DELETE, "/v1/sessions/{}", session.as_str()),
        (&eve, Method::GET, "/v1/accounts/me/exports/{}", &export),
        (&eve, Method::GET, "/v1/accounts/me/exports/{}/document", &export),
        (&eve, Method::GET, "/v1/accounts/me/exports/{}/archive", &export),
        (&eve, Method::GET, "/v1/articles/{}", draft["slug"].as_str().unwrap()),
        (&eve, Method::GET, "/v1/articles/{}/comments", draft["slug"].as_str().unwrap()),
        (&eve, Method::POST, "/v1/articles/{}/comments", draft["slug"].as_str().unwrap()),
        (&eve, Method::GET, "/v1/comments/{}", &id(&waiting)),
        (&eve, Method::GET, "/v1/comments/{}/replies", &id(&waiting)),
        (&eve, Method::PATCH, "/v1/comments/{}", &id(&waiting)),
        (&eve, Method::DELETE, "/v1/comments/{}", &id(&waiting)),
        // Of an admin nothing is hidden, but an id of one thing is none of another.
        (&admin, Method::DELETE, "/v1/sessions/{}", &session),
        (&admin, Method::DELETE, "/v1/service-tokens/{}", &ada.id),
        (&admin, Method::GET, "/v1/drafts/{}", &service),
        (&admin, Method::GET, "/v1/accounts/me/exports/{}", &export),
    ];
    for (who, method, path, name) in hidden {
        let ask = async |name: &str| {
            let request = w.request(method.clone(), &path.replace("{}", name)).bearer(&who.access_token);
            let reply = request.header("if-match", "\"1\"").json(&json!({ "body": "Mine now." })).send().await;
            reply.problem(404, "not_found");
            seen(&reply, name)
        };
        assert_eq!(ask(name).await, ask(NOTHING).await, "{method} {path}");
    }
}
