# Rule: program/gcd
# Purpose: Euclid's algorithm runs

    mov %r0, 3528
    mov %r1, 3780
loop:
    jeq %r1, 0, out
    mov %r2, %r0
    mod %r2, %r1
    mov %r0, %r1
    mov %r1, %r2
    ja loop
out:
    exit
