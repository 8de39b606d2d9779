# Rule: program/helpers
# Purpose: keys of helper {store} that differ in bit {bit} alone are two, of which one is stored
# Helpers: 0x10, 0x11, 0x12, 0x13
# Each: store | bit | first      | fetch | second
#       10    | 8   | 0x107      | 0x12  | 0x109
#       10    | 15  | 0x8007     | 0x12  | 0x8009
#       10    | 16  | 0x10007    | 0x12  | 0x10009
#       10    | 30  | 0x40000007 | 0x12  | 0x40000009
#       10    | 31  | 0x80000007 | 0x12  | 0x80000009
#       11    | 8   | 0x107      | 0x13  | 0x109
#       11    | 15  | 0x8007     | 0x13  | 0x8009
#       11    | 16  | 0x10007    | 0x13  | 0x10009
#       11    | 30  | 0x40000007 | 0x13  | 0x40000009
#       11    | 31  | 0x80000007 | 0x13  | 0x80000009

    lddw %r1, {first}
    mov %r2, 0x55
    call 0x{store}
    mov %r6, %r0
    mov %r1, 7
    mov %r2, %r10
    add %r2, -8
    call {fetch}
    lddw %r1, {first}
    mov %r2, %r10
    add %r2, -4
    call {fetch}
    ldxdw %r7, [%r10-8]
    mov %r1, 9
    mov %r2, 0x66
    call 0x{store}
    lddw %r1, {second}
    mov %r2, %r10
    add %r2, -8
    call {fetch}
    ldxw %r0, [%r10-8]
    add %r0, %r6
    add %r0, %r7
    exit
