# Rule: jmp/exit
# Purpose: there is code after it

    mov %r0, 0x2a
    exit
    mov %r0, 0x2b
    exit
