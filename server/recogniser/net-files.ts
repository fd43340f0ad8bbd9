/** Paths of the weights and of the wasm kernel: inside node_modules when run from source, inside the binary when compiled. */
import wasmSimd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm" with { type: "file" };
import landmarkBin from "@vladmandic/face-api/model/face_landmark_68_model.bin" with { type: "file" };
import landmarkManifest from "@vladmandic/face-api/model/face_landmark_68_model-weights_manifest.json" with {
	type: "file",
};
import recognitionBin from "@vladmandic/face-api/model/face_recognition_model.bin" with { type: "file" };
import recognitionManifest from "@vladmandic/face-api/model/face_recognition_model-weights_manifest.json" with {
	type: "file",
};
import detectorBin from "@vladmandic/face-api/model/tiny_face_detector_model.bin" with { type: "file" };
import detectorManifest from "@vladmandic/face-api/model/tiny_face_detector_model-weights_manifest.json" with {
	type: "file",
};
import type { FaceApiNetName } from "../recognition/face-api-net.ts";

export interface NetFile {
	readonly manifest: string;
	readonly weights: string;
}

/** The type system takes the manifests for their JSON; the attribute makes them paths. */
const path = (module: unknown): string => module as string;

export const NET_FILES: Readonly<Record<FaceApiNetName, NetFile>> = {
	tinyFaceDetector: { manifest: path(detectorManifest), weights: detectorBin },
	faceLandmark68Net: { manifest: path(landmarkManifest), weights: landmarkBin },
	faceRecognitionNet: { manifest: path(recognitionManifest), weights: recognitionBin },
};

/** The single-threaded SIMD kernel. The threaded one cannot start under Bun and tfjs would fall back to plain JavaScript. */
export const WASM_SIMD_FILE: string = wasmSimd;
