//! What one test measures. The recorder behind `/metrics` is one for the process: every test's server sets its gauges.

use metrics::LocalRecorderGuard;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

/// What is measured on this thread from now on, until the guard is dropped: by the jobs of servers that it starts, not by
/// those who answer requests.
pub fn metered() -> (PrometheusHandle, LocalRecorderGuard<'static>) {
    // The guard borrows it; so little may stay until the process ends.
    let recorder = Box::leak(Box::new(PrometheusBuilder::new().build_recorder()));
    (recorder.handle(), metrics::set_default_local_recorder(recorder))
}
