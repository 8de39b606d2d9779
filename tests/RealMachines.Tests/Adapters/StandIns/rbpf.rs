//! The part of rbpf's interface that its adapter uses. It runs `mov r2, N`, `mov r0, N`, `mov r0, r2`, `ldxb r0, [r1+N]` and `exit`.

pub struct EbpfVmRaw<'a> {
    program: &'a [u8],
}

impl<'a> EbpfVmRaw<'a> {
    pub fn new(program: Option<&'a [u8]>) -> Result<Self, std::io::Error> {
        match program {
            Some(program) if program.len() % 8 == 0 && program.ends_with(&[0x95, 0, 0, 0, 0, 0, 0, 0]) => Ok(Self { program }),
            _ => Err(std::io::Error::new(std::io::ErrorKind::Other, "[Verifier] Error: program does not end with “EXIT” instruction")),
        }
    }

    pub fn execute_program(&self, memory: &mut [u8]) -> Result<u64, std::io::Error> {
        let (mut r0, mut r2) = (0, 0);
        for slot in self.program.chunks_exact(8) {
            let number = i32::from_le_bytes([slot[4], slot[5], slot[6], slot[7]]) as u64;
            match (slot[0], slot[1]) {
                (0xb7, 0) => r0 = number,
                (0xb7, 2) => r2 = number,
                (0xbf, 0x20) => r0 = r2,
                (0x71, 0x10) => match memory.get(slot[2] as usize) {
                    Some(byte) => r0 = *byte as u64,
                    None => return Err(std::io::Error::new(std::io::ErrorKind::Other, "Error: out of bounds memory load (insn #0)")),
                },
                (0x95, _) => return Ok(r0),
                _ => return Err(std::io::Error::new(std::io::ErrorKind::Other, "not in this machine")),
            }
        }
        unreachable!()
    }

    pub fn jit_compile(&mut self) -> Result<(), std::io::Error> {
        Ok(())
    }

    pub unsafe fn execute_program_jit(&self, memory: &mut [u8]) -> Result<u64, std::io::Error> {
        self.execute_program(memory)
    }
}
