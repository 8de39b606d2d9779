# Rule: jmp/call-helper
# Purpose: the store is full
# Helpers: 0x10

    mov %r6, 17
    mov %r7, 0
next:
    mov %r1, %r6
    mov %r2, %r6
    call 0x10
    lsh %r7, 1
    sub %r7, %r0
    sub %r6, 1
    jne %r6, 0, next
    mov %r0, %r7
    exit
