# Rule: jmp/call-helper
# Purpose: printf leaves {format}, which is no conversion or begins as none
# Memory: "{format}\0"
# Helpers: 0x01
# Each: format
#       %b%e%h%j%k%o%q%t%v%w%y
#       %W%Y%D%U%C%P%I%Z%L
#       %#x% d%+d
#       %'d%.5d%*d
#       %/d%:d%;d
#       %!d%&d%$d
#       %l5d%z9u%5l7d
#       %5s%ls%lls%12b
#       abc%12
#       abc%7l
#       abc%z
#       %~d%\x7fd%\x01d

    lddw %r2, 12345
    lddw %r3, 12345
    lddw %r4, 12345
    lddw %r5, 12345
    call 0x01
    exit
