# Rule: jmp/call-helper
# Purpose: the format of printf would begin one before the first byte
# Memory: "abcde"
# Helpers: 0x01

    mov %r0, 7
    sub %r1, 1
    call 0x01
    exit
