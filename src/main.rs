//! The door of the program.

fn main() -> imc4087::cli::exit::Exit {
    imc4087::cli::main(std::env::args_os())
}
