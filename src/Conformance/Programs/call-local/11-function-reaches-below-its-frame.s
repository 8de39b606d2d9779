# Rule: jmp/call-local
# Purpose: the function reaches below its frame

    mov %r0, 7
    call local f
    exit
f:
    ldxb %r0, [%r10-513]
    exit
