# Rule: jmp/call-helper
# Purpose: the format of printf would begin one past the last byte
# Memory: "abcde"
# Helpers: 0x01

    mov %r0, 7
    add %r1, 5
    call 0x01
    exit
