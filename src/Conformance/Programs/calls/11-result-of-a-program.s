# Rule: program/calls
# Purpose: the result is {result}
# Each: result
#       0x80000000
#       0xffffffff
#       0xffffffffffffffff
#       0x8000000000000000
#       0xfffffffffffffff5
#       0x10000
#       0
#       0x7fffffff00000001

    lddw %r0, {result}
    exit
