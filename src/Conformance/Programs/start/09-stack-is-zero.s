# Rule: program/start
# Purpose: bytes {first} to {last} of the stack are zero
# Each: first | last | word0 | word1 | word2 | word3 | word4 | word5 | word6 | word7
#       0     | 63   | 512   | 504   | 496   | 488   | 480   | 472   | 464   | 456
#       64    | 127  | 448   | 440   | 432   | 424   | 416   | 408   | 400   | 392
#       128   | 191  | 384   | 376   | 368   | 360   | 352   | 344   | 336   | 328
#       192   | 255  | 320   | 312   | 304   | 296   | 288   | 280   | 272   | 264
#       256   | 319  | 256   | 248   | 240   | 232   | 224   | 216   | 208   | 200
#       320   | 383  | 192   | 184   | 176   | 168   | 160   | 152   | 144   | 136
#       384   | 447  | 128   | 120   | 112   | 104   | 96    | 88    | 80    | 72
#       448   | 511  | 64    | 56    | 48    | 40    | 32    | 24    | 16    | 8

    mov %r0, 0
    ldxdw %r3, [%r10-{word0}]
    or %r0, %r3
    ldxdw %r3, [%r10-{word1}]
    or %r0, %r3
    ldxdw %r3, [%r10-{word2}]
    or %r0, %r3
    ldxdw %r3, [%r10-{word3}]
    or %r0, %r3
    ldxdw %r3, [%r10-{word4}]
    or %r0, %r3
    ldxdw %r3, [%r10-{word5}]
    or %r0, %r3
    ldxdw %r3, [%r10-{word6}]
    or %r0, %r3
    ldxdw %r3, [%r10-{word7}]
    or %r0, %r3
    add %r0, 5
    exit
