namespace RbpfSpec.Images.Tests;

public class ImageTests
{
    [Fact]
    public void Images_with_the_same_contents_are_equal()
    {
        var first = Reading.Image(Repository.Example("greeting"));
        var second = Reading.Image(Repository.Example("greeting"));

        first.ShouldBe(second);
        first.GetHashCode().ShouldBe(second.GetHashCode());
    }

    [Fact]
    public void Images_that_differ_in_one_byte_of_data_differ()
    {
        var image = Reading.Image(Repository.Example("greeting"));
        var region = image.Regions[0];

        var other = image with { Regions = image.Regions.With(0, region with { Bytes = region.Bytes.With(0, 0xff) }) };

        other.ShouldNotBe(image);
    }
}
