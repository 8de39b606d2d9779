# Rule: program/calls
# Purpose: all 64 bits of r{register} reach the function, and what it leaves there reaches the caller or does not
# Each: register
#       1
#       2
#       3
#       4
#       5
#       6
#       7
#       8
#       9

    lddw %r{register}, 0x89abcdef87654321
    mov %r0, 0
    call local f
    rsh %r{register}, 4
    xor %r0, %r{register}
    exit
f:
    mov %r0, %r{register}
    lddw %r{register}, 0xfedcba9898765432
    exit
