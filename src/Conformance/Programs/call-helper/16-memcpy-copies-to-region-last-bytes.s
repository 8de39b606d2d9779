# Rule: jmp/call-helper
# Purpose: memcpy copies to the region's last bytes
# Memory: "RbpfSpec, sixtee", 16 bytes of 0
# Helpers: 0x02

    mov %r6, %r1
    add %r1, 19
    mov %r2, %r6
    lddw %r3, 13
    mov %r7, 0x707
    mov %r8, 0x8080
    mov %r9, 0x90909
    call 0x02
    sub %r0, %r6
    add %r0, %r7
    xor %r0, %r8
    add %r0, %r9
    ldxdw %r2, [%r6+0]
    add %r0, %r2
    ldxdw %r2, [%r6+8]
    xor %r0, %r2
    ldxdw %r2, [%r6+16]
    add %r0, %r2
    ldxdw %r2, [%r6+24]
    xor %r0, %r2
    exit
