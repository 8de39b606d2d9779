# Rule: jmp/call-local
# Purpose: a function calls itself as deep as it may

    mov %r0, 0
    mov %r1, 6
    call local f
    exit
f:
    add %r0, 1
    jeq %r1, 0, out
    sub %r1, 1
    call local f
    add %r0, 0x100
out:
    exit
