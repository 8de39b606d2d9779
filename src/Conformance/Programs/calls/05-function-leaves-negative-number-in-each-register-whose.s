# Rule: program/calls
# Purpose: the function leaves a negative number in r{register}, whose caller had another
# Each: register
#       1
#       2
#       3
#       4
#       5

    mov %r{register}, 0x77
    call local f
    mov %r0, %r{register}
    exit
f:
    lddw %r{register}, 0xffffffff00000005
    exit
