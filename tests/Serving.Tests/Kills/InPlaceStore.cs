using System.Buffers.Binary;
using RbpfSpec.Host;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Model;
using RbpfSpec.Serving.Storage;

namespace RbpfSpec.Serving.Tests.Kills;

/// <summary>A store that is wrong: it writes programs in their places in a file, piece by piece. The test of kills must find it.</summary>
internal sealed class InPlaceStore : IDeviceStore
{
    public const string Kind = "in-place";

    private const int SlotSize = 8192;
    private const int Piece = 256;

    private readonly FileStream file;
    private readonly Persisted? loaded;

    private InPlaceStore(FileStream file, Persisted? loaded) => (this.file, this.loaded) = (file, loaded);

    public static InPlaceStore? Open(string path, DeviceSettings settings, out string problem)
    {
        problem = "";
        var opened = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var state = Persisted.Of(Device.Of(settings));
        if (opened.Length == 0) return new(opened, null);
        for (var slot = 0; slot < settings.Slots; slot++)
        {
            var bytes = new byte[SlotSize];
            opened.Position = slot * SlotSize;
            if (opened.ReadAtLeast(bytes, SlotSize, throwOnEndOfStream: false) == 0) break;
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            if (length == 0) continue;
            if (Application.Admit(settings.Default, Sequence.Of<byte>(bytes.AsSpan(4, length)), out problem) is not { } application)
            {
                opened.Dispose();
                return null;
            }

            state = state with { Slots = state.Slots.With(slot, new(application, true, Store<Word>.Empty(Store<Word>.DefaultCapacity))) };
        }

        return new(opened, state);
    }

    public Persisted? Load() => loaded;

    public void Save(Persisted before, Persisted after)
    {
        for (var slot = 0; slot < after.Slots.Count; slot++)
        {
            if (after.Slots[slot] is not { } now || Equals(before.Slots[slot]?.Application, now.Application)) continue;
            var bytes = new byte[4 + now.Application.Program.Count];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, now.Application.Program.Count);
            now.Application.Program.AsSpan().CopyTo(bytes.AsSpan(4));
            file.Position = slot * SlotSize;
            foreach (var piece in bytes.Chunk(Piece))
            {
                file.Write(piece);
                file.Flush(flushToDisk: true);
            }
        }
    }

    public void Dispose() => file.Dispose();
}
