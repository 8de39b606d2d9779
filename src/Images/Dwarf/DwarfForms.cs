namespace RbpfSpec.Images.Dwarf;

/// <summary>Reads the values of attributes by their forms (DWARF 5 §7.5.6), and says what they mean.</summary>
internal static class DwarfForms
{
    /// <summary>Text that follows, up to a zero (<c>DW_FORM_string</c>).</summary>
    public const ulong Text = 0x08;

    /// <summary>A place in <c>.debug_str</c> (<c>DW_FORM_strp</c>).</summary>
    public const ulong TextPlace = 0x0e;

    /// <summary>A place in <c>.debug_line_str</c> (<c>DW_FORM_line_strp</c>).</summary>
    public const ulong LineTextPlace = 0x1f;

    private const string Info = ".debug_info";
    private const ulong Indirect = 0x16;
    private const ulong TextIndex = 0x1a;
    private const ulong Address = 0x01;
    private const ulong AddressIndex = 0x1b;
    private const ulong Expression = 0x18;
    private const ulong SignedData = 0x0d;
    private const ulong Implicit = 0x21;
    private const ulong ReferenceOfFile = 0x10;
    private const ulong ListOffset = 0x17;

    /// <summary>Reads a value; null if its form is none that is known.</summary>
    /// <param name="cursor">Where it is.</param>
    /// <param name="start">The offset, in the section, of the cursor's first byte.</param>
    /// <param name="form">The form.</param>
    /// <param name="constant">The value of an implicit constant.</param>
    public static DwarfValue? Read(ref DwarfCursor cursor, int start, ulong form, long constant)
    {
        if (form == Indirect) form = cursor.Unsigned();
        var at = (ulong)(start + cursor.Position);
        switch (form)
        {
            case 0x0b or 0x0c or 0x11 or 0x25 or 0x29:
                return new(form, cursor.Byte(), 0);
            case 0x05 or 0x12 or 0x26 or 0x2a:
                return new(form, cursor.Half(), 0);
            case 0x27 or 0x2b:
                return new(form, cursor.Half() | ((ulong)cursor.Byte() << 16), 0);
            case 0x06 or 0x13 or TextPlace or ListOffset or LineTextPlace or ReferenceOfFile or 0x28 or 0x2c or 0x1c or 0x1d:
                return new(form, cursor.Word(), 0);
            case Address:
                cursor.Take(sizeof(ulong));
                return new(form, at, 0);
            case 0x07 or 0x14 or 0x20 or 0x24:
                return new(form, cursor.Word() | ((ulong)cursor.Word() << 32), 0);
            case 0x1e:
                cursor.Take(16);
                return new(form, at, 16);
            case 0x0f or 0x15 or TextIndex or AddressIndex or 0x22 or 0x23:
                return new(form, cursor.Unsigned(), 0);
            case SignedData:
                return new(form, (ulong)cursor.Signed(), 0);
            case Implicit:
                return new(form, (ulong)constant, 0);
            case 0x19:
                return new(form, 1, 0);
            case Text:
                cursor.Text();
                return new(form, at, 0);
            case 0x03 or 0x04 or 0x09 or 0x0a or Expression:
                var length = form switch { 0x0a => cursor.Byte(), 0x03 => cursor.Half(), 0x04 => cursor.Word(), _ => cursor.Unsigned() };
                at = (ulong)(start + cursor.Position);
                return new(form, at, cursor.Take(length).Length);
            default:
                return null;
        }
    }

    /// <summary>Whether the table of files of a line table may have values of a form: texts, numbers without a sign, blocks.</summary>
    public static bool IsOfFiles(ulong form) =>
        form is Text or TextPlace or LineTextPlace or 0x0b or 0x05 or 0x06 or 0x07 or 0x1e or 0x0f or 0x09;

    /// <summary>Whether a value is some bytes, such as an expression.</summary>
    public static bool IsBytes(DwarfValue value) => value.Form is 0x03 or 0x04 or 0x09 or 0x0a or Expression;

    /// <summary>Whether a value is an address.</summary>
    public static bool IsAddress(DwarfValue value) => value.Form is Address or AddressIndex or (>= 0x29 and <= 0x2c);

    /// <summary>The bytes of a value.</summary>
    public static ReadOnlySpan<byte> Bytes(DwarfSections sections, DwarfValue value) =>
        IsBytes(value) ? sections[Info].AsSpan((int)value.Number, value.Length) : [];

    /// <summary>The text of a value; empty if it is none.</summary>
    public static string TextOf(DwarfSections sections, DwarfUnit unit, DwarfValue value) => value.Form switch
    {
        Text => sections.Text(Info, value.Number),
        TextPlace => sections.Text(".debug_str", value.Number),
        LineTextPlace => sections.Text(".debug_line_str", value.Number),
        TextIndex or (>= 0x25 and <= 0x28) =>
            sections.Text(
                ".debug_str", sections.Number(".debug_str_offsets", Entry(unit.TextBase, value.Number, sizeof(uint)), sizeof(uint))),
        _ => "",
    };

    /// <summary>The address of a value.</summary>
    public static ulong AddressOf(DwarfSections sections, DwarfUnit unit, DwarfValue value) =>
        value.Form == Address ? sections.Address(Info, value.Number) : AddressAt(sections, unit, value.Number);

    /// <summary>The address of an index.</summary>
    public static ulong AddressAt(DwarfSections sections, DwarfUnit unit, ulong index) =>
        sections.Address(".debug_addr", Entry(unit.AddressBase, index, sizeof(ulong)));

    /// <summary>The number of a value, with its sign.</summary>
    public static long Signed(DwarfValue value) => value.Form switch
    {
        0x0b => (sbyte)value.Number,
        0x05 => (short)value.Number,
        0x06 => (int)value.Number,
        _ => (long)value.Number,
    };

    /// <summary>The offset, in <c>.debug_info</c>, of the entry that a value refers to.</summary>
    public static ulong Reference(DwarfUnit unit, DwarfValue value) =>
        value.Form == ReferenceOfFile ? value.Number : unchecked((ulong)unit.Start + value.Number);

    // What cannot be within any section stays so.
    private static ulong Entry(ulong start, ulong index, int size) =>
        index > uint.MaxValue ? ulong.MaxValue : unchecked(start + (index * (ulong)size));
}
