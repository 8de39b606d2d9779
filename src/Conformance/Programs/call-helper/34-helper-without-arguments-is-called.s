# Rule: jmp/call-helper
# Purpose: a helper without arguments is called
# Helpers: 0x20

    mov %r0, 9
    call 0x20
    add %r0, 1
    exit
