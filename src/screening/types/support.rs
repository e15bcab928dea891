//! Where somebody in need finds help: what the publication's people entered and checked.

use crate::db::schema::support_resources;
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// A place where somebody in need finds help. At least one of `phone` and `url` is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Queryable, Selectable, ToSchema)]
#[diesel(table_name = support_resources)]
pub struct SupportResource {
    /// Its id.
    pub id: Uuid,
    /// What changing it takes as `If-Match`.
    pub revision: i64,
    /// Where it is good (ISO 3166-1); null: everywhere.
    #[schema(example = "DE")]
    pub region: Option<String>,
    /// The language that is spoken there (BCP 47).
    #[schema(example = "de")]
    pub language: String,
    /// What it is called.
    pub name: String,
    /// The number to call, as people read it.
    #[schema(example = "0800 1110111")]
    pub phone: Option<String>,
    /// Its page.
    pub url: Option<String>,
    /// When somebody last saw that it is right.
    pub checked_on: NaiveDate,
    /// Where it stands in the list; the smallest first.
    pub position: i32,
}

/// All that there are for somebody, in the publication's order.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportResources {
    /// The resources.
    pub items: Vec<SupportResource>,
}

/// A resource, as those see it who keep it.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptSupport {
    /// The resource.
    #[serde(flatten)]
    pub resource: SupportResource,
    /// Whether it was checked so long ago that somebody should do it again.
    pub stale: bool,
}

/// All of them, as those see them who keep them.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptSupports {
    /// The resources.
    pub items: Vec<KeptSupport>,
}

/// A resource as it is entered.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSupport {
    /// Where it is good: two letters (ISO 3166-1). Left out: everywhere.
    #[schema(min_length = 2, max_length = 2)]
    pub region: Option<String>,
    /// The language that is spoken there: a tag such as `en` or `pt-BR` (BCP 47).
    #[schema(min_length = 2, max_length = 35)]
    pub language: String,
    /// What it is called.
    #[schema(min_length = 1, max_length = 120)]
    pub name: String,
    /// The number to call, as people should read it.
    #[schema(max_length = 40)]
    pub phone: Option<String>,
    /// Its page, by http or https.
    #[schema(max_length = 500)]
    pub url: Option<String>,
    /// When somebody last saw that it is right; not in the future.
    pub checked_on: NaiveDate,
    /// Where it stands in the list; the smallest first.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 10000)]
    pub position: i32,
}

/// A resource that may be kept as it is.
#[derive(Debug, Insertable, AsChangeset)]
#[diesel(table_name = support_resources, treat_none_as_null = true)]
pub struct StoredSupport {
    pub region: Option<String>,
    pub language: String,
    pub name: String,
    pub phone: Option<String>,
    pub url: Option<String>,
    pub checked_on: NaiveDate,
    pub position: i32,
}

/// For whom resources are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SupportQuery {
    /// Where they are: two letters (ISO 3166-1). What is good everywhere is shown, too.
    #[param(min_length = 2, max_length = 2)]
    pub region: Option<String>,
    /// The language that they speak: a tag such as `en` or `pt-BR` (BCP 47), of which only the language counts.
    #[param(min_length = 2, max_length = 35)]
    pub language: Option<String>,
}
