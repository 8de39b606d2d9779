# Rule: jmp/call-local
# Purpose: the function is right after the program, and returns

    mov %r0, 1
    call local f
    add %r0, 0x10
    exit
f:
    add %r0, 0x100
    exit
