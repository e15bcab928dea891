//! An article, its sections, and that the two are the same text.

use colloquy::text::{self, Article, Section, SectionKind};

fn article(markdown: &str) -> Article {
    text::article(markdown, &[])
}

fn outline(markdown: &str) -> Vec<(String, u8, SectionKind)> {
    article(markdown).sections.into_iter().map(|section| (section.id, section.level, section.kind)).collect()
}

const SIX_STEPS: &str = "Some days ask for a plan. Here is one.\n\n\
## Step 1: Sit down\nBreathe first.\n\n## Step 2: Write it down\n1. what\n2. when\n\n## Step 3: Sleep\nReally.\n\n\
## Step 4: Read it again\n> as if a friend had written it\n\n## Step 5: Say it\nAloud.\n\n## Step 6: Let it go\nThat is *all*.\n";

#[test]
fn six_steps_are_a_lead_and_six_parts() {
    let article = article(SIX_STEPS);
    let ids = article.sections.iter().map(|section| section.id.as_str()).collect::<Vec<_>>();
    assert_eq!(
        ids,
        [
            "lead",
            "step-1-sit-down",
            "step-2-write-it-down",
            "step-3-sleep",
            "step-4-read-it-again",
            "step-5-say-it",
            "step-6-let-it-go"
        ]
    );
    let Section { level, kind, heading, html, .. } = &article.sections[0];
    assert_eq!((*level, *kind, heading), (0, SectionKind::Lead, &None));
    assert_eq!(html, "<p>Some days ask for a plan. Here is one.</p>\n");
    for section in &article.sections[1..] {
        assert_eq!((section.level, section.kind), (2, SectionKind::Step));
    }
    assert_eq!(article.sections[3].heading.as_deref(), Some("Step 3: Sleep"));
    assert_eq!(article.sections[3].html, "<h2 id=\"step-3-sleep\">Step 3: Sleep</h2>\n<p>Really.</p>\n");
    assert_eq!(article.html, article.sections.iter().map(|section| section.html.as_str()).collect::<String>());
    assert_eq!(article.excerpt, "Some days ask for a plan. Here is one.");
    assert!(article.text.ends_with("Step 6: Let it go\n\nThat is all."));
}

#[test]
fn a_lead_is_absent_where_nothing_stands_before_the_first_heading() {
    assert_eq!(outline("# a\nb"), [("a".to_owned(), 1, SectionKind::Section)]);
    assert_eq!(outline("<!-- note -->\n\n# a"), [("a".to_owned(), 1, SectionKind::Section)]);
    assert_eq!(outline("only a lead"), [("lead".to_owned(), 0, SectionKind::Lead)]);
    assert_eq!(outline(""), []);
}

#[test]
fn headings_of_all_levels_and_forms_start_sections() {
    let levels = outline("# a\n###### b\nc\n=\nd\n---\n\n<h3>e</h3>\n\n<div>\n\n## f\n\n</div>")
        .into_iter()
        .map(|(id, level, _)| (id, level));
    let expected = [("a", 1), ("b", 6), ("c", 1), ("d", 2), ("e", 3), ("f", 2)];
    assert_eq!(levels.collect::<Vec<_>>(), expected.map(|(id, level)| (id.to_owned(), level)));
}

#[test]
fn headings_within_boxes_belong_to_the_box() {
    assert_eq!(outline("# a\n> ## b\n\n- ## c\n\n<details><summary>d</summary>\n\n## e\n\n</details>").len(), 1);
}

#[test]
fn headings_that_count_are_steps() {
    for step in
        ["Step 3: Talk", "Step 3", "STEP 12 – Talk", "step 1. Talk", "Step 2 Talk", "3. Talk", "3) Talk", "10. Talk"]
    {
        assert_eq!(outline(&format!("## {step}"))[0].2, SectionKind::Step, "{step}");
    }
    for other in [
        "Stepping back",
        "Steps 1 and 2",
        "Step one",
        "3 ways to talk",
        "2024. A year",
        "3.5 reasons",
        "Step 3rd",
        "(3) Talk",
        "Talk",
    ] {
        assert_eq!(outline(&format!("## {other}"))[0].2, SectionKind::Section, "{other}");
    }
}

#[test]
fn headings_are_plain_text_on_one_line() {
    let article = article("## A *fine* `day`[^1] &amp; <b>more</b>\n\n[^1]: note");
    assert_eq!(article.sections[0].heading.as_deref(), Some("A fine day & more"));
    assert_eq!(article.sections[0].id, "a-fine-day-more");
}

#[test]
fn ids_stay_apart_from_the_lead_and_the_footnotes() {
    let ids = outline("a\n\n# Lead\n# Lead\n# Fn 1\n# Fnref 1\n# !!!\n# ???")
        .into_iter()
        .map(|(id, ..)| id)
        .collect::<Vec<_>>();
    assert_eq!(ids, ["lead", "lead-2", "lead-3", "on-fn-1", "on-fnref-1", "section", "section-2"]);
}

#[test]
fn tables_figures_and_footnotes_stay() {
    let html = article("|a|\n|:-:|\n|b|\n\n<figure><img src=\"https://a.example/b.png\" alt=\"b\"><figcaption>c</figcaption></figure>\n\nd[^e]\n\n[^e]: f").html;
    assert!(html.contains("<th align=\"center\">a</th>"));
    assert!(html.contains(
        "<figure><img src=\"https://a.example/b.png\" alt=\"b\" loading=\"lazy\"><figcaption>c</figcaption></figure>"
    ));
    assert!(html.contains(
        "<sup class=\"footnote-ref\"><a href=\"#fn-e\" id=\"fnref-e\" rel=\"noopener noreferrer\">1</a></sup>"
    ));
    assert!(html.contains("<section class=\"footnotes\">\n<ol>\n<li id=\"fn-e\">"));
}

#[test]
fn boxes_that_are_not_allowed_leave_their_content() {
    assert_eq!(article("<div style=\"color:red\"><center>a</center></div>").html, "a\n");
    assert_eq!(article("a <script>b</script><style>c</style> d").html, "<p>a  d</p>\n");
}

#[test]
fn what_is_left_open_ends_with_its_section() {
    let article = article("<table><tr><td>a\n\n# b\n\nc <b>d\n\ne");
    assert_eq!(article.sections.len(), 1);
    let open = text::article("a <b>b\n\n# c\n\n</b>d", &[]);
    assert_eq!(open.sections.len(), 2);
    assert_eq!(open.html, "<p>a <b>b</b></p>\n<h1 id=\"c\">c</h1>\n<p>d</p>\n");
}

#[test]
fn excerpts_leave_headings_out() {
    assert_eq!(article("# Title\n\n## Sub\n\nThe *text*.").excerpt, "The text.");
    assert_eq!(article("![a](https://a.example/b.png)\n\n# Title\n\nThe text.").excerpt, "The text.");
    assert_eq!(article("# Title").excerpt, "");
}
