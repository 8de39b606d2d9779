# Rule: jmp/call-local
# Purpose: a function calls itself one deeper than it may

    mov %r0, 0
    mov %r1, 7
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
