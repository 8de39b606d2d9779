# Rule: jmp/call-local
# Purpose: a store has bytes in the function's frame and the caller's

    mov %r0, 7
    call local f
    exit
f:
    stxw [%r10-1], %r0
    exit
