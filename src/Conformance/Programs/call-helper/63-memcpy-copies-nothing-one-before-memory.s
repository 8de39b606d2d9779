# Rule: jmp/call-helper
# Purpose: memcpy copies nothing, one before the memory
# Memory: 8 bytes from 1 by 1
# Helpers: 0x02

    mov %r0, 9
    sub %r1, 1
    mov %r2, %r10
    mov %r3, 0
    call 0x02
    mov %r0, 11
    exit
