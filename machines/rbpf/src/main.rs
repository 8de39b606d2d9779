//! rbpf (https://github.com/qmonnet/rbpf) behind the batch protocol.
//!
//!     cargo build --release --manifest-path machines/rbpf/Cargo.toml
//!     ./rbpf conformance run … --batch machines/rbpf/target/release/rbpf-adapter
//!
//! With the argument `compiled`, programs run as native code, which checks no access: a wrong one may crash it.

use std::io::{BufRead, Write};

/// The bytes of a member of a request; none if there is no such member.
fn bytes(line: &str, member: &str) -> Vec<u8> {
    let value = line.split(&format!("\"{member}\"")).nth(1).and_then(|rest| rest.split('"').nth(1));
    let digits = value.unwrap_or("").as_bytes();
    let digit = |at: u8| (at as char).to_digit(16).unwrap_or(0) as u8;
    digits.chunks_exact(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}

/// Text as a string of JSON; of what would end it, a blank is left.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace(|at: char| at == '"' || at == '\\' || at.is_control(), " "))
}

fn trapped(name: &str, reason: &str) -> String {
    format!("{{\"trap\":{},\"reason\":{}}}", quoted(name), quoted(reason))
}

fn answer(line: &str, is_compiled: bool) -> String {
    let mut memory = bytes(line, "memory");
    let mut program = bytes(line, "program");
    if !memory.is_empty() {
        // r2 is not the length of the memory there: mov r2, length
        let mut set_length = vec![0xb7, 0x02, 0, 0];
        set_length.extend((memory.len() as i32).to_le_bytes());
        program.splice(..0, set_length);
    }
    let mut machine = match rbpf::EbpfVmRaw::new(Some(&program)) {
        Ok(machine) => machine,
        Err(error) => return trapped("Rejected", &error.to_string()),
    };
    let result = if is_compiled {
        if let Err(error) = machine.jit_compile() {
            return trapped("Rejected", &error.to_string());
        }
        // The compiled program is trusted with this process, which is here for nothing else.
        unsafe { machine.execute_program_jit(&mut memory) }
    } else {
        machine.execute_program(&mut memory)
    };
    match result {
        Ok(r0) => format!("{{\"r0\":\"0x{r0:x}\"}}"),
        Err(error) => {
            let told = error.to_string();
            let is_access = told.contains("out of bounds");
            trapped(if is_access { "MemoryAccess" } else { &told }, &told)
        }
    }
}

fn main() {
    let is_compiled = std::env::args().nth(1).as_deref() == Some("compiled");
    let mut output = std::io::stdout();
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        writeln!(output, "{}", answer(&line, is_compiled)).expect("whoever asked still listens");
        output.flush().expect("whoever asked still listens");
    }
}
