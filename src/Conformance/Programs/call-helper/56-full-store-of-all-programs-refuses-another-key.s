# Rule: jmp/call-helper
# Purpose: a full store of all programs refuses another key, and that of this one takes it
# Helpers: 0x10, 0x11

    mov %r6, 16
    mov %r7, 0
next:
    mov %r1, %r6
    mov %r2, %r6
    call 0x11
    add %r7, %r0
    sub %r6, 1
    jne %r6, 0, next
    mov %r1, 99
    mov %r2, 0x55
    call 0x11
    mov %r7, %r0
    mov %r1, 99
    mov %r2, 0x66
    call 0x10
    lsh %r0, 8
    xor %r0, %r7
    exit
