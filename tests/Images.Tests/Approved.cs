namespace RbpfSpec.Images.Tests;

/// <summary>Compares text with a file that has been read and approved.</summary>
internal static class Approved
{
    /// <summary>
    /// Fails if the text is not the approved one; what was received is written beside it, to be compared and renamed.
    /// </summary>
    public static void Matches(string name, string text)
    {
        var approved = Path.Combine(Repository.Project, "Approved", name + ".txt");
        var received = Path.ChangeExtension(approved, ".received.txt");
        var expected = File.Exists(approved) ? File.ReadAllText(approved) : "";
        if (text == expected)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail($"{received} differs from {approved}: compare them, and rename the first if it is right.");
    }
}
