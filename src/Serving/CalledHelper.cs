using System.Buffers.Binary;
using RbpfSpec.Interp;
using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Serving;

/// <summary>A helper of the semantics, as the fast machine calls it: what <c>HelperCalls.Call</c> says, on bytes in place.</summary>
/// <remarks>
/// The helper reads its views as they were at the call: they are copied, into memory that is used again for the next one. A view is
/// good until the helper returns.
/// </remarks>
/// <param name="function">The helper.</param>
internal sealed class CalledHelper(HelperFunction<Word> function)
{
    private readonly Sequence<ArgumentKind> declared = function.Declaration.Arguments;
    private readonly Copied[] copies = [.. function.Declaration.Arguments.Select(kind => new Copied(kind))];

    // Those of the latest call, which the next one has too if they are as long.
    private Sequence<View<Word>> views;

    /// <summary>Calls it, its arguments granted; yields the new r0.</summary>
    /// <param name="call">The call.</param>
    /// <param name="host">The host, before and afterwards.</param>
    public ulong Call(HelperCall call, ref HostState<Word> host)
    {
        var isSame = views.Count == copies.Length;
        for (var i = 0; i < copies.Length; i++)
        {
            if (copies[i].IsView) isSame &= copies[i].Take(call.Readable(i + 1));
        }

        if (!isSame) views = Sequence.Generate(copies.Length, index => copies[index].View);
        var result = function.Body(new(
            [
                Word.Of(call.Argument(1)), Word.Of(call.Argument(2)), Word.Of(call.Argument(3)), Word.Of(call.Argument(4)),
                Word.Of(call.Argument(5)),
            ],
            views,
            host));
        foreach (var copy in result.Copies)
        {
            if (!IsWritable(copy.To) || copy.From < 1 || copy.From > copies.Length || !copies[copy.From - 1].IsView) continue;
            var from = copies[copy.From - 1].Bytes;
            var to = call.Writable(copy.To);
            var length = copy.Length.Value;
            if (length <= (ulong)from.Length && length <= (ulong)to.Length) from[..(int)length].CopyTo(to);
        }

        foreach (var write in result.Writes)
        {
            if (IsWritable(write.Argument)) Write(call.Writable(write.Argument), write.Offset.Value, write.Value);
        }

        host = result.State;
        return result.Result.Value;
    }

    private bool IsWritable(int argument) =>
        argument >= 1 && argument <= declared.Count && declared[argument - 1] is ArgumentKind.Writable;

    private static void Write(Span<byte> view, ulong offset, Word value)
    {
        var count = value.Width.Bytes;
        if (count > view.Length || offset > (ulong)(view.Length - count)) return;
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value.Value);
        bytes[..count].CopyTo(view[(int)offset..]);
    }

    // The bytes of one argument, and the view of them.
    private sealed class Copied
    {
        private byte[] room = [];
        private int length;

        public Copied(ArgumentKind kind)
        {
            IsView = kind is not ArgumentKind.Value;
            View = new(Word.Of(0), Read);
        }

        public bool IsView { get; }

        public View<Word> View { get; private set; }

        public ReadOnlySpan<byte> Bytes => room.AsSpan(0, length);

        // Whether there are as many as before.
        public bool Take(ReadOnlySpan<byte> bytes)
        {
            if (room.Length < bytes.Length) room = new byte[bytes.Length];
            bytes.CopyTo(room);
            if (length == bytes.Length) return true;
            length = bytes.Length;
            View = View with { Length = Word.Of((ulong)length) };
            return false;
        }

        // Zero where it does not lie within.
        private Word Read(Word offset, Width width)
        {
            if (width.Bytes > length || offset.Value > (ulong)(length - width.Bytes)) return Word.Wrap(0, width);
            Span<byte> bytes = stackalloc byte[sizeof(ulong)];
            bytes.Clear();
            room.AsSpan((int)offset.Value, width.Bytes).CopyTo(bytes);
            return Word.Wrap(BinaryPrimitives.ReadUInt64LittleEndian(bytes), width);
        }
    }
}
