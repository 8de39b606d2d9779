# Rule: jmp/exit
# Purpose: r10 is again the caller's

    mov %r6, %r10
    call local f
    mov %r0, %r6
    sub %r0, %r10
    add %r0, 5
    exit
f:
    mov %r0, 1
    exit
