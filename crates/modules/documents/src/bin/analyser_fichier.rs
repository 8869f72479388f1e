//! The reader of one received file, alone in its process (what `grappe analyser-fichier` does too).

fn main() -> std::process::ExitCode {
    match documents::enfant() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(_) => std::process::ExitCode::FAILURE,
    }
}
