# Rule: jmp/call-helper
# Purpose: memcpy copies nothing, one past the end of the stack
# Memory: 8 bytes from 1 by 1
# Helpers: 0x02

    mov %r0, 9
    mov %r1, %r10
    mov %r2, %r10
    mov %r3, 0
    call 0x02
    mov %r0, 11
    exit
