# Rule: program/start
# Purpose: r{register} is zero
# Memory: 4 bytes from 1 by 1
# Each: register
#       3
#       4
#       5
#       6
#       7
#       8
#       9

    mov %r0, %r{register}
    add %r0, 7
    exit
