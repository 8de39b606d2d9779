namespace RbpfSpec.Interp.Execution;

/// <summary>The size of an access: how memory of that size is read and written, and how far the regions at hand reach.</summary>
internal unsafe interface ISize
{
    /// <summary>The number of bytes.</summary>
    static abstract ulong Bytes { get; }

    /// <summary>The word, zero-extended to 64 bits.</summary>
    static abstract ulong Read(byte* at);

    /// <summary>Writes the low bits of a word.</summary>
    static abstract void Write(byte* at, ulong value);

    /// <summary>The low bits of a word, as many as the size has, zero-extended.</summary>
    static abstract ulong Low(ulong value);

    /// <summary>The reach of the cached region for reads.</summary>
    static abstract ulong Readable(RunState* state);

    /// <summary>The reach of the cached region for writes.</summary>
    static abstract ulong Writable(RunState* state);

    /// <summary>The reach of the stack frame.</summary>
    static abstract ulong Stack(RunState* state);
}

/// <summary>1 byte.</summary>
internal readonly unsafe struct Size1 : ISize
{
    public static ulong Bytes => 1;

    public static ulong Read(byte* at) => *at;

    public static void Write(byte* at, ulong value) => *at = (byte)value;

    public static ulong Low(ulong value) => (byte)value;

    public static ulong Readable(RunState* state) => state->Readable1;

    public static ulong Writable(RunState* state) => state->Writable1;

    public static ulong Stack(RunState* state) => state->Stack1;
}

/// <summary>2 bytes.</summary>
internal readonly unsafe struct Size2 : ISize
{
    public static ulong Bytes => 2;

    public static ulong Read(byte* at) => *(ushort*)at;

    public static void Write(byte* at, ulong value) => *(ushort*)at = (ushort)value;

    public static ulong Low(ulong value) => (ushort)value;

    public static ulong Readable(RunState* state) => state->Readable2;

    public static ulong Writable(RunState* state) => state->Writable2;

    public static ulong Stack(RunState* state) => state->Stack2;
}

/// <summary>4 bytes.</summary>
internal readonly unsafe struct Size4 : ISize
{
    public static ulong Bytes => 4;

    public static ulong Read(byte* at) => *(uint*)at;

    public static void Write(byte* at, ulong value) => *(uint*)at = (uint)value;

    public static ulong Low(ulong value) => (uint)value;

    public static ulong Readable(RunState* state) => state->Readable4;

    public static ulong Writable(RunState* state) => state->Writable4;

    public static ulong Stack(RunState* state) => state->Stack4;
}

/// <summary>8 bytes.</summary>
internal readonly unsafe struct Size8 : ISize
{
    public static ulong Bytes => 8;

    public static ulong Read(byte* at) => *(ulong*)at;

    public static void Write(byte* at, ulong value) => *(ulong*)at = value;

    public static ulong Low(ulong value) => value;

    public static ulong Readable(RunState* state) => state->Readable8;

    public static ulong Writable(RunState* state) => state->Writable8;

    public static ulong Stack(RunState* state) => state->Stack8;
}
