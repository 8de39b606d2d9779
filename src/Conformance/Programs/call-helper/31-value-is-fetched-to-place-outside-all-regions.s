# Rule: jmp/call-helper
# Purpose: a value is fetched to a place outside all regions
# Helpers: 0x12

    mov %r0, 4
    mov %r1, 9
    mov %r2, 0
    call 0x12
    exit
