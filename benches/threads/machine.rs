//! Whether the machine was ours while something was measured.

use std::fs;

/// The share of the processors' time above which what was measured says more of others.
const MOST: f64 = 0.05;

/// How often something is measured before it is taken as it is.
const TRIES: usize = 6;

/// The time of all processors since the start, and what of it went to other machines on the same hardware; in ticks.
fn times() -> Option<(f64, f64)> {
    let stat = fs::read_to_string("/proc/stat").ok()?;
    let all: Vec<f64> = stat.lines().next()?.split_whitespace().skip(1).filter_map(|time| time.parse().ok()).collect();
    // user, nice, system, idle, iowait, irq, softirq, steal; what guests took is part of the first two.
    Some((all.iter().take(8).sum(), *all.get(7)?))
}

/// Measures something when all is `ready`, again where others had too much of the machine meanwhile; `again` counts that.
pub fn alone<T>(again: &mut usize, mut ready: impl FnMut(), mut measure: impl FnMut() -> T) -> T {
    for _ in 1..TRIES {
        ready();
        let before = times();
        let measured = measure();
        let stolen =
            before.zip(times()).map(|((all, stolen), (all_now, stolen_now))| (stolen_now - stolen) / (all_now - all));
        if stolen.is_none_or(|stolen| stolen <= MOST) {
            return measured;
        }
        *again += 1;
    }
    ready();
    measure()
}
