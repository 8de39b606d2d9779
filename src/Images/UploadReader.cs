using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Images;

/// <summary>Reads uploads to a device in any form that a file may have, but text.</summary>
public static class UploadReader
{
    /// <summary>The program in an upload; never throws because of it.</summary>
    /// <remarks>
    /// The form is told by the contents: an object, an RBF container, a packed program; all else is the bytes of a program.
    /// An object may call by name all helpers that a device has; what it is granted, the device checks.
    /// </remarks>
    /// <param name="upload">The bytes that came.</param>
    public static UploadContent Read(Sequence<byte> upload)
    {
        var bytes = upload.AsSpan();
        var form = ImageFile.Recognise(bytes) is (ImageFormat.Elf or ImageFormat.Rbf or ImageFormat.Packed) and var known
            ? known
            : ImageFormat.Raw;
        return ImageFile.Read(bytes, new() { Format = form }) switch
        {
            ImageResult.Loaded(var image) =>
                new UploadContent.Program(image.Program, image.Entry, image.Regions.Map(region => region.ToMapped()))
                {
                    Lines = image.Lines.Map(line => new ProgramLine(line.Slot, line.Source?.ToString() ?? "")),
                },
            ImageResult.Malformed(var problem) => new UploadContent.Refused(problem),
        };
    }
}
