//! What the documents say about the repository is true.
use std::{fs, path::Path};
use walkdir::{DirEntry, WalkDir};

/// Every link in a Markdown file that leads to no file, as `file: link`. Links with a scheme are somebody else's.
pub fn dead_links() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let visible =
        |entry: &DirEntry| entry.depth() == 0 || !matches!(name(entry).as_str(), "target" | ".git" | ".colloquy");
    let files = WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(visible).flatten();
    let documents = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "md"));
    documents.flat_map(|document| dead_links_in(document.path())).collect()
}

fn dead_links_in(document: &Path) -> Vec<String> {
    let text = fs::read_to_string(document).expect("documents are UTF-8");
    let folder = document.parent().expect("a file is in a folder");
    let local = links(&text).into_iter().filter(|link| !link.contains(':') && !link.starts_with('#'));
    let dead = local.filter(|link| !folder.join(link.split('#').next().unwrap_or_default()).exists());
    let path = document.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(document);
    dead.map(|link| format!("  {}: {link}", path.display())).collect()
}

/// The targets of `[text](target)`, outside code blocks.
pub fn links(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    prose
        .flat_map(|part| part.split("](").skip(1))
        .filter_map(|rest| rest.split_once(')'))
        .map(|(link, _)| link)
        .collect()
}

fn name(entry: &DirEntry) -> String {
    entry.file_name().to_string_lossy().into_owned()
}
