# Rule: program/helpers
# Purpose: r6 to r9 and all of r0 around helper {helper}
# Helpers: 0x10, 0x11, 0x12, 0x13, 0x20
# Each: helper
#       12
#       13

    mov %r6, 6
    mov %r7, 0x70
    mov %r8, 0x800
    mov %r9, 0x9000
    lddw %r0, 0x1234567800000001
    mov %r1, 3
    mov %r2, %r10
    add %r2, -4
    call 0x{helper}
    add %r0, %r6
    add %r0, %r7
    add %r0, %r8
    add %r0, %r9
    exit
