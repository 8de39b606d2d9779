# Rule: jmp/call-local
# Purpose: a load has bytes in the function's frame and the caller's

    mov %r0, 7
    call local f
    exit
f:
    ldxdw %r0, [%r10-4]
    exit
