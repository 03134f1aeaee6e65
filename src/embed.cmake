# cmake -DFROM=text -DTO=inc -P embed.cmake: write a text file as the items of a C array of char,
# ended by 0, each as a character constant: their sign is that of char.  A string literal would do if C promised more than 4095 characters of it.
file(READ ${FROM} bytes HEX)
string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
file(WRITE ${TO} "${bytes}0\n")
