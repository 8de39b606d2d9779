# Rule: jmp/call-local
# Purpose: an atomic operation has bytes in the function's frame and the caller's

    mov %r0, 7
    call local f
    exit
f:
    lock add [%r10-4], %r0
    exit
