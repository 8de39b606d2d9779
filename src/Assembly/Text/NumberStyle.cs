namespace RbpfSpec.Assembly.Text;

/// <summary>How the numbers of a dialect are read.</summary>
internal enum NumberStyle
{
    /// <summary>Decimal or hexadecimal; a leading zero means nothing.</summary>
    Decimal,

    /// <summary>As in C: a leading zero makes it octal, <c>0b</c> binary, and numbers make expressions.</summary>
    C,

    /// <summary>As in C, but that a leading zero is an error: what others read as decimal.</summary>
    Alike,
}
