# Rule: jmp/call-helper
# Purpose: the format of printf would lie where memory is only written
# Region: low 0x40000000 write "abcd"
# Helpers: 0x01

    mov %r0, 7
    lddw %r1, 0x40000000
    call 0x01
    exit
