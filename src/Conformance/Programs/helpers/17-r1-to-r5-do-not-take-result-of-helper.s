# Rule: program/helpers
# Purpose: r1 to r5 do not take the result of helper {helper}
# Helpers: 0x10, 0x11, 0x12, 0x13, 0x20
# Each: helper
#       10
#       11

    mov %r0, 0x55
    mov %r1, 3
    mov %r2, 4
    mov %r3, 1
    call 0x{helper}
    add %r0, 1
    exit
