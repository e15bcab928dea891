//! What becomes of texts before they are shown: a table of cases, and laws that hold for any text.

mod screening {
    mod laws;
    mod redaction;
    mod verdicts;
}
