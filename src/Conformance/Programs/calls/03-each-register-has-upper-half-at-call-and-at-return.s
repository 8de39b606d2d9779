# Rule: program/calls
# Purpose: r{register} has an upper half, at a call and at the return
# Each: register | changed | value
#       1        | 0       | 0
#       2        | 0       | 0
#       3        | 0       | 0
#       4        | 0       | 0
#       5        | 0       | 0
#       6        | 6       | 3
#       7        | 7       | 3
#       8        | 8       | 3
#       9        | 9       | 3

    lddw %r{register}, 0x1234567800000007
    mov %r0, 0
    call local f
    mov %r0, %r{register}
    exit
f:
    mov %r{changed}, {value}
    exit
