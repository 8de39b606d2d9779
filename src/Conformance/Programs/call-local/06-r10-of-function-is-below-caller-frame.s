# Rule: jmp/call-local
# Purpose: r10 of the function is below the caller's frame

    mov %r6, %r10
    stxdw [%r10-16], %r6
    mov %r1, %r10
    call local f
    exit
f:
    mov %r0, %r1
    sub %r0, %r10
    exit
