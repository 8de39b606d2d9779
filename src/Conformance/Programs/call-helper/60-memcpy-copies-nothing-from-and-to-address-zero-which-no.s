# Rule: jmp/call-helper
# Purpose: memcpy copies nothing from and to address zero, which no region has
# Memory: 8 bytes from 1 by 1
# Helpers: 0x02

    mov %r0, 9
    mov %r1, 0
    mov %r2, 0
    mov %r3, 0
    call 0x02
    mov %r0, 11
    exit
