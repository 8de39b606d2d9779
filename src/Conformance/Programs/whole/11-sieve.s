# Rule: program/sieve
# Purpose: primes below 32 are sieved in the stack

    mov %r1, 2
outer:
    mov %r2, %r1
    add %r2, %r1
inner:
    jge %r2, 32, done
    mov %r3, %r10
    sub %r3, 32
    add %r3, %r2
    stb [%r3+0], 1
    add %r2, %r1
    ja inner
done:
    add %r1, 1
    jlt %r1, 7, outer
    mov %r0, 0
    mov %r1, 2
count:
    mov %r3, %r10
    sub %r3, 32
    add %r3, %r1
    ldxb %r4, [%r3+0]
    add %r0, 1
    sub %r0, %r4
    add %r1, 1
    jlt %r1, 32, count
    exit
